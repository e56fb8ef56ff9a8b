create table ledger (entry varchar(100) not null, pid bigint not null);
