-- eventsystem: no transaction
create index concurrently if not exists orders_by_day on orders (settled_at);
