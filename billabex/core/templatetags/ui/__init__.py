"""The design system's tags and filters, known to every template without `{% load %}`.

A component is one partial in `templates/components/`. One that is only data is included (`{% include
"components/badge.html" with ... only %}`); one with a slot, free attributes or an address that keeps the query string
is a tag of the same name, here. None of them runs a query.
"""

from __future__ import annotations

from django.template import Library

from billabex.core.templatetags.ui import actions, content, figures, forms, lists, values, ways

register = Library()

for _part in (actions, content, figures, forms, lists, values, ways):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
