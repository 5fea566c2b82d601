// The API's documentation, drawn from its OpenAPI document.
const place = document.querySelector("#docs");

SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  deepLinking: true,
  filter: true,
  persistAuthorization: false,
  defaultModelsExpandDepth: 0,
});
