"""What every room stands on: clock, federations and schools, tenancy, record, events, vault, files, holds, stops."""
