"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from billabex.core.bodies import MeasuredBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billabex.settings")

application = MeasuredBodies(get_wsgi_application())
