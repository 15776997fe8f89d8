create table old_orders (id varchar(64) primary key, total int);
