create table if not exists thumbnail (
  id bigint generated always as identity primary key,
  name varchar not null,
  width int not null,
  height int not null,
  bytes int not null,
  worker bigint not null,
  at timestamp with time zone default current_timestamp not null
);
