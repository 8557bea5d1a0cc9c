import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Change } from '../../../server/platform/events.ts';
import { listPage } from '../../../server/platform/list.ts';
import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { Note, NoteChange, NoteCreate, NotePage, NoteParams, NoteQuery } from '../contract.ts';
import {
  deletedNote,
  insertNote,
  noteList,
  oneNote,
  pinNote,
  restoreNote,
  softDeleteNote,
  updateNote,
} from './queries.ts';

const sorts = {
  created_at: { sql: 'notes.id', type: 'uuid', field: 'id' },
  pinned_at: { sql: 'notes.pinned_at', type: 'timestamptz', field: 'pinned_at', nullable: true },
};
const notYours = () => new ProblemError('forbidden', 'Its author wrote it, and only they or their managers change it.');

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;

  /** The note without what only says who hears of it. */
  function told<T extends { id: string; owner_id: string; private_to: string | null }>(
    { context: { companyId } }: Company,
    { owner_id: ownerId, private_to: privateTo, ...note }: T,
    action: Change['action'],
  ) {
    app.events.publish({ companyId, table: 'notes', id: note.id, action, ownerId, privateTo });
    return note;
  }

  app.get(
    '/api/notes',
    {
      config,
      schema: { description: 'Of one contact or one deal.', querystring: NoteQuery, response: { 200: NotePage } },
    },
    async ({ company, query }) => {
      if (query.contact_id === undefined && query.deal_id === undefined) {
        throw invalid('contact_id', 'required', 'is required, or deal_id');
      }
      const list = { name: 'notes', table: 'notes', sorts, defaultSort: '-pinned_at' };
      return listPage(company, { ...list, query: noteList(query) }, query);
    },
  );

  app.post(
    '/api/notes',
    { config, schema: { body: NoteCreate, response: { 201: Note } } },
    async ({ company, body }, reply) => {
      if (body.contact_id === undefined && body.deal_id === undefined) {
        throw invalid('contact_id', 'required', 'is required, or deal_id');
      }
      const note = told(company, found(await company.first(insertNote(body))), 'created');
      return reply.code(201).header('etag', `"${note.version}"`).send(note);
    },
  );

  app.get(
    '/api/notes/:note_id',
    { config, schema: { params: NoteParams, response: { 200: Note } } },
    async ({ company, params }, reply) => {
      const note = found(await company.first(oneNote(params.note_id)));
      return reply.header('etag', `"${note.version}"`).send(note);
    },
  );

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: '/api/notes/:note_id',
      config,
      schema: { params: NoteParams, body: NoteChange, response: { 200: Note } },
      handler: async (request, reply) => {
        const { company, params, body } = request;
        const version = expectedVersion(request);
        const changed = await company.first(updateNote(params.note_id, body.body, version));
        if (changed === undefined) {
          const note = found(await company.first(oneNote(params.note_id)));
          if (version !== undefined && note.version !== version)
            await ifUnchanged(undefined, version, async () => note);
          throw notYours();
        }
        const note = told(company, changed, 'updated');
        return reply.header('etag', `"${note.version}"`).send(note);
      },
    });
  }

  for (const [method, pinned] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/api/notes/:note_id/pin',
      config,
      schema: { params: NoteParams, response: { 200: Note } },
      handler: async ({ company, params }) =>
        told(company, found(await company.first(pinNote(params.note_id, pinned))), 'updated'),
    });
  }

  app.delete(
    '/api/notes/:note_id',
    { config, schema: { params: NoteParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      const removed = await company.first(softDeleteNote(params.note_id));
      if (removed === undefined) {
        found(await company.first(oneNote(params.note_id)));
        throw notYours();
      }
      told(company, removed, 'deleted');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/notes/:note_id/restore',
    { config, schema: { params: NoteParams, response: { 200: Note } } },
    async ({ company, params }) => {
      const restored = await company.first(restoreNote(params.note_id));
      if (restored === undefined) {
        found(await company.first(deletedNote(params.note_id)));
        throw notYours();
      }
      return told(company, restored, 'created');
    },
  );
};
