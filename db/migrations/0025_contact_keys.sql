set local role bulkhead_owner;

-- The last nine digits: +49 170 1234567 and 0170 1234567 are one telephone.
create function app.phone_key(phone text) returns text
language plpgsql immutable strict parallel safe
as $$
declare
  digits constant text := regexp_replace(phone, '[^0-9]', '', 'g');
begin
  return case when length(digits) >= 7 then right(digits, 9) end;
end $$;

-- Below row-level security an index serves only leakproof operators. lower() and citext's own are not; comparing stored
-- text is. So what contacts are sorted, found and compared by is stored in the form in which it is compared.
alter table contacts
  add column last_key text collate "C" generated always as (lower(last_name)) stored,
  add column first_key text collate "C" generated always as (lower(first_name)) stored,
  add column email_key text collate "C" generated always as (lower(email::text)) stored,
  add column company_key text collate "C" generated always as (lower(company)) stored,
  add column phone_key text collate "C" generated always as (app.phone_key(phone)) stored,
  add column mobile_key text collate "C" generated always as (app.phone_key(mobile)) stored;

drop index contacts_name, contacts_email, contacts_status;
create index contacts_name on contacts (company_id, last_key, first_key, id) where deleted_at is null;
create index contacts_first_name on contacts (company_id, first_key, last_key, id) where deleted_at is null;
create index contacts_email on contacts (company_id, email_key, id) where deleted_at is null;
create index contacts_company on contacts (company_id, company_key, id) where deleted_at is null;
create index contacts_status on contacts (company_id, status, created_at, id) where deleted_at is null;
create index contacts_changed on contacts (company_id, updated_at, id) where deleted_at is null;
create index contacts_score on contacts (company_id, lead_score, id) where deleted_at is null;
create index contacts_phone on contacts (company_id, phone_key, id) where deleted_at is null and phone_key is not null;
create index contacts_mobile on contacts (company_id, mobile_key, id) where deleted_at is null and mobile_key is not null;
create index contacts_bin on contacts (company_id, deleted_at, id) where deleted_at is not null;
reset role;
