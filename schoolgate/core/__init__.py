"""The base of every app: clock, federations, tenancy, record, events, vault, files, holds, stops."""
