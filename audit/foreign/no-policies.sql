-- An application as most begin: one role that owns everything, an org as text, a filter by hand in each query.
alter schema public owner to :app;
set role :app;
create table orgs (slug text primary key, title text);
create table people (id serial primary key, org text not null references orgs (slug), email text not null unique);
create table tasks (id serial primary key, org text references orgs (slug), assignee integer references people (id),
  reviewer integer references people (id), title text);
create table comments (id serial primary key, task_id integer not null references tasks (id), body text);
create view everything as select * from tasks;
insert into orgs values ('red'), ('blue');
insert into people (org, email) values ('red', 'r@x'), ('blue', 'b@x');
insert into tasks (org, assignee, title) values ('red', 1, 'fine'), ('red', 2, 'crossed'), (null, 1, 'nobody''s');
insert into comments (task_id, body) values (1, 'x');
reset role;
