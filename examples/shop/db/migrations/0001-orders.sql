-- Orders as they were settled. `total` is in cents; an order that was refused has none.
create table orders (
  customer text not null,
  id text not null,
  status text not null check (status in ('settled', 'refused')),
  total integer,
  settled_at timestamptz not null default now(),
  primary key (customer, id)
);

-- The newest come first to whoever looks at all of them.
create index orders_by_time on orders (settled_at desc);
