import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Query } from '../../../contracts/atoms.ts';
import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import { q, statement } from '../../../server/tenancy/query.ts';
import { Me, UserParams } from '../contract.ts';
import { type ImageType, imageKind } from './image-kind.ts';
import { me } from './me.ts';
import { member } from './service.ts';

const LARGEST = 2 * 1024 * 1024;

const avatarOf = statement(['user_id'], (slot) =>
  q.selectFrom('avatars').select(['content', 'content_type', 'version', 'id']).where('user_id', '=', slot.user_id),
);
const putAvatar = (content: Buffer, content_type: ImageType) =>
  q
    .insertInto('avatars')
    .values({ content, content_type })
    .onConflict((on) =>
      on.columns(['company_id', 'user_id']).doUpdateSet((e) => ({
        content: e.ref('excluded.content'),
        content_type: e.ref('excluded.content_type'),
      })),
    );
const linkAvatar = (userId: string, url: string | null) =>
  q.updateTable('users').set({ avatar_url: url }).where('id', '=', userId);

export const avatarRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(multipart, { limits: { fileSize: LARGEST, files: 1, fields: 0, parts: 1 } });

  app.post(
    '/api/users/me/avatar',
    {
      config: { scope: 'user' },
      schema: {
        consumes: ['multipart/form-data'],
        description: 'A form with one file: PNG, JPEG or WebP, at most 2 MB.',
        response: { 200: Me },
      },
    },
    async (request) => {
      const { userId, companyId, companyStatus } = member(request.caller);
      if (companyStatus === 'suspended') throw new ProblemError('company-suspended');
      if (!request.isMultipart()) throw new ProblemError('unsupported-media-type', 'Send a form with one file.');
      const file = await request.file();
      if (file === undefined) throw invalid('file', 'required', 'is required');
      const content = await file.toBuffer();
      const kind = imageKind(content);
      if (kind === undefined) throw invalid('file', 'not_an_image', 'must be a PNG, JPEG or WebP image');
      const hash = createHash('sha256').update(content).digest('base64url').slice(0, 16);
      await request.company.transaction(async (tx) => {
        await tx.run(putAvatar(content, kind));
        await tx.run(linkAvatar(userId, `/api/users/${userId}/avatar?v=${hash}`));
      });
      app.events.publish({ companyId, table: 'users', id: userId, action: 'updated' });
      return me(request.company, member(request.caller));
    },
  );

  app.delete(
    '/api/users/me/avatar',
    { config: { scope: 'company' }, schema: { response: { 204: Type.Null() } } },
    async ({ company, caller }, reply) => {
      const { userId } = member(caller);
      await company.transaction(async (tx) => {
        await tx.run(q.deleteFrom('avatars').where('user_id', '=', userId));
        await tx.run(linkAvatar(userId, null));
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/users/:user_id/avatar',
    {
      config: { scope: 'company' },
      schema: {
        params: UserParams,
        querystring: Query({ v: Type.Optional(Type.String({ maxLength: 50 })) }),
        response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
      },
    },
    async ({ company, params }, reply) => {
      const { content, content_type } = found(await company.first(avatarOf({ user_id: params.user_id })));
      // Should a browser ever be led to open it as a page, it is an image in a sandbox and nothing else.
      return reply
        .type(content_type)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('content-disposition', 'inline; filename="avatar"')
        .send(content as Buffer);
    },
  );
};
