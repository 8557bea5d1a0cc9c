import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** A picture of the API as an address for an <img>, which could not send the token itself. Undefined until it is there. */
export function usePicture(url: string | null | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: ['pictures', url],
    queryFn: () => load(url ?? ''),
    enabled: Boolean(url),
    // Its address changes with the picture.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return url ? data : undefined;
}

async function load(url: string): Promise<string> {
  const { data, response } = await api.GET(url as '/api/users/{user_id}/avatar', {
    params: { path: { user_id: '' } },
    parseAs: 'blob',
  });
  if (!response.ok) throw new Error(`no picture: ${response.status}`);
  // Not an object URL: that one would live on after the session's caches are dropped.
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(data as unknown as Blob);
  });
}
