-- Undoing an import needs the contact that it made; and two contacts of one import, merged, would be one row twice.
set local role bulkhead_owner;
comment on constraint import_changes_company_id_contact_id_fkey on import_changes is 'stays: what an import did to the contact';
reset role;
