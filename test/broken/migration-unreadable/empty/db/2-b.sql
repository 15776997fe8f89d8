-- eventsystem: no-transaction
select 1;
