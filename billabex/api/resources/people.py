"""To come with its resource."""

urlpatterns: list[object] = []
