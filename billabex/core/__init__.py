"""Ground floor: errors, money, dates, tenancy, audit, events. Knows no app."""
