"""The endpoints and pages of OAuth."""
