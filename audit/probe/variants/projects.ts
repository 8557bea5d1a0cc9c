import { type Call, newId, notFound, type Reply, type Route } from './server.ts';
import { find, type Has, type Row, type Store, shapes, shown } from './store.ts';

const { text, object } = shapes;

/** Projects, and tasks that are reached through theirs. */
export function projectRoutes(store: Store, has: Has): Route[] {
  const both = ({ params, company }: Call): Reply => {
    const project = find(store, 'projects', params.project_id, has('parent unread') ? undefined : company);
    const task = find(store, 'tasks', params.task_id, has('child unread') ? undefined : company);
    if (
      project === undefined ||
      task === undefined ||
      (task.project_id !== project.id && !has('child unread') && !has('parent unread'))
    )
      return notFound();
    return { body: shown(task) };
  };
  const make =
    (table: string, more: (call: Call) => object | undefined) =>
    (call: Call): Reply => {
      const extra = more(call);
      if (extra === undefined) return notFound();
      const row: Row = { id: newId(), company: call.company, name: call.body.name, ...extra };
      store.table(table).push(row);
      return { status: 201, body: shown(row) };
    };
  const rows =
    (table: string) =>
    ({ company }: Call): Reply => ({
      body: store
        .table(table)
        .filter((row) => row.company === company)
        .map(shown),
    });
  return [
    { method: 'GET', path: '/api/projects', answer: rows('projects') },
    { method: 'POST', path: '/api/projects', body: object({ name: text }), answer: make('projects', () => ({})) },
    {
      method: 'POST',
      path: '/api/projects/{project_id}/tasks',
      body: object({ name: text }),
      answer: make(
        'tasks',
        ({ params, company }) =>
          find(store, 'projects', params.project_id, company) && { project_id: params.project_id },
      ),
    },
    { method: 'GET', path: '/api/projects/{project_id}/tasks/{task_id}', answer: both },
  ];
}
