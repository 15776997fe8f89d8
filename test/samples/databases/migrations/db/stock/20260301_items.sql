create table items (id varchar(64) primary key, count int not null);
