import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../../../web/api/client.ts';
import { Bar } from '../../../web/kit/skeleton.tsx';
import classes from './deal-page.module.css';

/** With whom the deal is made, and how to reach them. */
export function DealContact({ id }: { id: string }) {
  const { data, isError } = useQuery({
    queryKey: ['contacts', 'one', id],
    queryFn: () => answer(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
  });
  if (isError) return '–';
  if (!data) return <Bar width={110} />;
  const phone = data.phone ?? data.mobile;
  return (
    <span className={classes.contact}>
      <Link to={`/contacts/${id}`}>{`${data.first_name} ${data.last_name ?? ''}`.trim()}</Link>
      {data.email && <a href={`mailto:${data.email}`}>{data.email}</a>}
      {phone && <a href={`tel:${phone}`}>{phone}</a>}
    </span>
  );
}
