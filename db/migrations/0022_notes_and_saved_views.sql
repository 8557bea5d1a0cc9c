set local role bulkhead_owner;

-- A shared view is read by all, but changed by its owner or by an admin only: `visibility` alone would let anybody.
create policy changed_by_owner on saved_views as restrictive for update to bulkhead_app
  using (owner_id = app.uid() or current_setting('app.owners', true) = '*')
  with check (owner_id = app.uid() or current_setting('app.owners', true) = '*');
create policy deleted_by_owner on saved_views as restrictive for delete to bulkhead_app
  using (owner_id = app.uid() or current_setting('app.owners', true) = '*');
create policy made_for_oneself on saved_views as restrictive for insert to bulkhead_app
  with check (owner_id = app.uid());
reset role;
