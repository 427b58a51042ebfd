"""What every room stands on: clock, federations, tenancy, record, events, vault, files, holds, stops."""
