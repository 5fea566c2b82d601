"""The pages of communications: reading messages, and having a say about those that are planned."""

from communications.views.planned import cancel, edit, send_now
from communications.views.reading import detail, html, of_account, thread, thread_list_page
from communications.views.upcoming import upcoming

__all__ = ["cancel", "detail", "edit", "html", "of_account", "send_now", "thread", "thread_list_page", "upcoming"]
