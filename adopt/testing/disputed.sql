-- Rows that nobody but a person can decide about: one of two companies, one of nobody, one that contradicts what it points at.
create table companies (id integer primary key, name text not null);
create table users (id integer primary key, company_id integer references companies (id), name text not null);
create table contacts (id integer primary key, owner_id integer not null references users (id), company_id integer references companies (id), name text not null);
create table messages (id integer primary key, user_id integer references users (id), contact_id integer references contacts (id), body text);
insert into companies values (1, 'Nadan'), (2, 'Sunstone & <b>Sons</b>');
insert into users values (1, 1, 'Nina'), (2, 2, 'Sun'), (3, 2, 'Stan');
insert into contacts values (1, 1, null, 'Zoë'), (2, 2, null, 'Yan'), (3, 1, 2, 'Stray');
insert into messages values (1, 1, 1, 'plain'), (2, 1, 2, 'of two'), (3, null, null, '<script>alert(1)</script>'), (4, null, null, 'lost too');
