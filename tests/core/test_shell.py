"""The frame around the pages: rail, sign-in, errors, styleguide, and what they promise to browsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, include, path
from django.utils import translation

from billabex.core import places
from billabex.core.context_processors import nav_places, shell
from billabex.core.styleguide import LAYOUTS, styleguide

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpRequest
    from django.test import RequestFactory

    from billabex.organizations.models import Membership


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


def app(*names: tuple[str, str]) -> list[URLPattern]:
    return [path(route, page, name=name) for route, name in names]


# The addresses of the shell, as `urls` here; see `pytest.mark.urls`.
urlpatterns = [
    path("invoices/", include((app(("", "list"), ("credit-notes/", "credit-notes")), "invoices"))),
    path("tasks/", include((app(("", "list")), "tasks"))),
    path("language/", page, name="profile-language"),
    path("sign-in/", page, name="sign-in"),
    path("sign-out/", page, name="sign-out"),
]

TEMPLATE_DIR: Path = settings.BASE_DIR / "templates"
# Papers and messages are no pages: they carry their own styles.
PAGES = [
    file
    for file in sorted(TEMPLATE_DIR.rglob("*.html"))
    if file.relative_to(TEMPLATE_DIR).parts[0] not in {"demo", "emails", "admin"}
]


@pytest.fixture
def asked(rf: RequestFactory, owner: Membership) -> Callable[..., HttpRequest]:
    """Return how to make a request for the styleguide, by staff unless said otherwise."""

    def ask(layout: str = "", *, is_staff: bool = True) -> HttpRequest:
        owner.user.is_staff = is_staff
        request = rf.get("/styleguide/", {"layout": layout})
        request.user = owner.user
        request.member = owner  # type: ignore[attr-defined]
        return request

    return ask


@pytest.mark.urls("tests.core.test_shell")
def test_nav_places_mark_the_longest_path_and_leave_out_what_is_not_there() -> None:
    shown = {place.name: place.current for place in nav_places("/invoices/credit-notes/7/")}
    assert shown == {"invoices:list": False, "invoices:credit-notes": True, "tasks:list": False}


@pytest.mark.urls("tests.core.test_shell")
def test_nav_places_elsewhere_mark_none() -> None:
    assert not any(place.current for place in nav_places("/styleguide/"))


def test_shell_counts_nothing_until_asked(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[HttpRequest] = []
    monkeypatch.setitem(places._fillers, "nav_counts", [])

    @places.fills("nav_counts")
    def count(request: HttpRequest) -> dict[str, int]:
        asked.append(request)
        return {"tasks": 3}

    context = shell(rf.get("/"))
    assert asked == []
    assert context["nav_counts"]["tasks"] == 3
    assert len(asked) == 1


@pytest.mark.urls("tests.core.test_shell")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_styleguide_shows_every_layout(asked: Callable[..., HttpRequest], layout: str, language: str) -> None:
    with translation.override(language):
        shown = styleguide(asked(layout)).content.decode()
    assert f'<html lang="{language}">' in shown
    assert len(re.findall(r"<h1\b", shown)) == 1
    assert "&lt;span" not in shown


def test_styleguide_reaches_every_component() -> None:
    components = {file.stem: file.read_text() for file in (TEMPLATE_DIR / "components").glob("*.html")}
    shown: set[str] = set()
    sources = [file.read_text() for file in TEMPLATE_DIR.rglob("*.html") if "styleguide" in str(file)]
    while sources:
        source = re.sub(r"{% comment %}.*?{% endcomment %}", "", sources.pop(), flags=re.DOTALL)
        called = set(re.findall(r"{% (?:filter_)?([a-z_]+)|components/([a-z_]+)", source))
        new = ({name for pair in called for name in pair} & components.keys()) - shown
        shown |= new
        sources += [components[name] for name in new]
    assert shown == components.keys()


def test_styleguide_is_for_staff_only(asked: Callable[..., HttpRequest]) -> None:
    with pytest.raises(PermissionDenied):
        styleguide(asked(is_staff=False))


@pytest.mark.urls("tests.core.test_shell")
def test_styleguide_without_a_session_asks_to_sign_in(rf: RequestFactory) -> None:
    request = rf.get("/styleguide/")
    request.user = AnonymousUser()
    assert styleguide(request).status_code == 302


def test_styleguide_of_an_unknown_layout_is_not_found(asked: Callable[..., HttpRequest]) -> None:
    with pytest.raises(Http404):
        styleguide(asked("../base"))


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_page_stands_without_request_or_session(code: int) -> None:
    shown = render_to_string(f"{code}.html")
    assert '<main class="alone"' in shown
    assert str(code) in shown


def test_sign_in_helps_password_managers_and_keeps_the_way(rf: RequestFactory) -> None:
    request = rf.get("/sign-in/")
    shown = render_to_string(
        "registration/sign_in.html", {"form": AuthenticationForm(request), "next": "/tasks/"}, request
    )
    assert 'type="email"' in shown
    assert 'autocomplete="username"' in shown
    assert 'autocomplete="current-password"' in shown
    assert '<input type="hidden" name="next" value="/tasks/">' in shown
    assert shown.count("autofocus") == 1


def test_sign_in_that_failed_says_why_once(rf: RequestFactory, db: None) -> None:
    request = rf.post("/sign-in/")
    form = AuthenticationForm(request, {"username": "nobody@acme.example", "password": "wrong"})
    assert not form.is_valid()
    shown = render_to_string("registration/sign_in.html", {"form": form}, request)
    assert shown.count('role="alert"') == 1
    assert str(form.non_field_errors()[0]) in shown


@pytest.mark.parametrize("template", PAGES, ids=lambda file: str(file.relative_to(TEMPLATE_DIR)))
def test_template_has_nothing_that_the_security_policy_refuses(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"""\sstyle=["']|<style\b|\son[a-z]+=["']|javascript:""", source)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", source))


def test_icons_named_in_templates_exist(icon_names: set[str]) -> None:
    named = {
        name
        for template in PAGES
        for name in re.findall(r'\bicon(?:_end)?(?:=|(?:_button)? )"([a-z0-9-]+)"', template.read_text())
    }
    assert named
    assert named <= icon_names


def test_styles_use_only_tokens_that_exist() -> None:
    css = {sheet.name: sheet.read_text() for sheet in (settings.BASE_DIR / "static" / "css").glob("*.css")}
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", "".join(css.values())))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", "".join(css.values())))
    assert used <= defined


def test_every_stylesheet_and_script_is_linked() -> None:
    """By every page, or by the one page that needs it."""
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    linked = set(
        re.findall(r"{% static ['\"]([a-z]+/[\w.-]+)['\"] %}", "".join(page.read_text() for page in templates))
    )
    for kind in ("css", "js"):
        assert {f"{kind}/{file.name}" for file in (settings.BASE_DIR / "static" / kind).glob(f"*.{kind}")} <= linked
