from django.contrib import admin

from billabex.api.models import AnsweredRequest
from billabex.core.admin import LookOnlyAdmin


@admin.register(AnsweredRequest)
class AnsweredRequestAdmin(LookOnlyAdmin[AnsweredRequest]):
    list_display = ["created_at", "route", "status", "holder"]
    search_fields = ["route", "key", "holder"]
