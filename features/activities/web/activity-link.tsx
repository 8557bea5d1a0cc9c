import { Navigate, useParams } from '@tanstack/react-router';
import { activityPlace } from './find.ts';

export default function ActivityLink() {
  const { activity_id: id = '' } = useParams({ strict: false }) as { activity_id?: string };
  const { to, search } = activityPlace(id);
  return <Navigate to={to} search={search as never} replace />;
}
