create table orders (
  id text primary key,
  total integer not null,
  settled_at timestamptz not null default now()
);
