import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200, 7)]);
const JPEG = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(200, 9)]);

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});

function upload(person: Client, content: Buffer, name = 'me.png', type = 'image/png') {
  const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return person.call({
    method: 'POST',
    url: '/api/users/me/avatar',
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--edge--\r\n')]),
  });
}

describe('an avatar', () => {
  it('is served to colleagues as the image that it is, and as nothing else', async () => {
    const saved = await upload(ada, PNG, 'x.html', 'text/html');
    expect(saved.status).toBe(200);
    const colleague = await world.person(ada.companyId);
    const image = await colleague.get(saved.body.avatar_url);
    expect(image.status).toBe(200);
    expect(image.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const raw = await world.app.inject({
      url: saved.body.avatar_url,
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(raw.rawPayload.equals(PNG)).toBe(true);
  });

  it('of another company does not exist', async () => {
    const theirs = await bob.get(`/api/users/${ada.userId}/avatar`);
    const none = await bob.get('/api/users/01900000-0000-7000-8000-000000000000/avatar');
    expect(theirs.status).toBe(404);
    expect(theirs.text).toBe(none.text);
  });

  it('is replaced by the next one, under another address, and can be removed', async () => {
    const first = (await upload(ada, PNG)).body.avatar_url;
    const second = (await upload(ada, JPEG)).body.avatar_url;
    expect(second).not.toBe(first);
    expect((await ada.get(second)).headers['content-type']).toBe('image/jpeg');
    expect((await ada.delete('/api/users/me/avatar')).status).toBe(204);
    expect((await ada.get(second)).status).toBe(404);
    expect((await ada.get('/api/users/me')).body.avatar_url).toBeNull();
  });

  it('is refused when its bytes are no image, whatever it is called, and when it is too large or not there', async () => {
    expect((await upload(ada, Buffer.from('<svg onload=alert(1)>'), 'me.png')).status).toBe(400);
    expect((await upload(ada, Buffer.from('MZ'))).status).toBe(400);
    expect((await upload(ada, Buffer.concat([PNG, Buffer.alloc(2_200_000)]))).status).toBe(413);
    expect((await ada.post('/api/users/me/avatar', { file: 'x' })).status).toBe(415);
    expect((await upload(world.anonymous, PNG)).status).toBe(401);
  });
});
