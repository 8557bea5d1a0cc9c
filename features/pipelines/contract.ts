import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const Probability = Type.Number({ minimum: 0, maximum: 100, description: 'Per cent.' });
const index = Type.Integer({ minimum: 0, maximum: 10_000 });

const stage = {
  name: Text(100, 1),
  description: Nullable(Text(500)),
  probability: Probability,
  is_closed: Type.Boolean({ description: 'Deals that come here are decided: won or lost.' }),
  is_won: Type.Boolean({ description: 'Deals that come here are won. A stage that wins is closed.' }),
  rotting_days: Nullable(
    Type.Integer({ minimum: 1, maximum: 3650, description: 'Days after which a deal has been here for too long.' }),
  ),
};
export const StageCreate = Body({ ...Type.Partial(Type.Object(stage)).properties, name: stage.name });
export const StageChange = Type.Partial(Body(stage), { minProperties: 1, additionalProperties: false });
export const Stage = Type.Object({
  id: Id,
  pipeline_id: Id,
  ...stage,
  order_index: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});

const pipeline = {
  name: Text(100, 1),
  description: Nullable(Text(500)),
  is_default: Type.Boolean({ description: 'Where deals go that name no pipeline. A company has exactly one.' }),
  order_index: index,
};
const optional = Type.Partial(Type.Object(pipeline)).properties;
export const PipelineCreate = Body({
  ...optional,
  name: pipeline.name,
  stages: Type.Optional(Type.Array(StageCreate, { maxItems: 50, description: 'In their order.' })),
});
export const PipelineChange = Type.Partial(Body(pipeline), { minProperties: 1, additionalProperties: false });
export const Pipeline = Type.Object({
  id: Id,
  ...pipeline,
  stages: Type.Array(Stage, { description: 'In their order.' }),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const PipelinePage = PageOf(Pipeline);
export const PipelineQuery = Query({
  ...PageQuery,
  sort: Type.Optional(
    Type.String({ maxLength: 50, description: 'order_index or name; `-` before it for descending.' }),
  ),
});
export const PipelineParams = IdParams('pipeline_id');
export const StageParams = IdParams('stage_id');
export const StageList = Type.Object({ items: Type.Array(Stage) });
export const StageOrder = Body({
  stage_ids: Type.Array(Id, { maxItems: 200, uniqueItems: true, description: 'Every stage of the pipeline, once.' }),
});
export const MoveTo = Query({
  move_to: Type.Optional(Type.String({ format: 'uuid', description: 'Stage that takes the deals.' })),
});

export type StageCreate = Static<typeof StageCreate>;
export type StageChange = Static<typeof StageChange>;
export type PipelineCreate = Static<typeof PipelineCreate>;
export type PipelineChange = Static<typeof PipelineChange>;
export type Pipeline = Static<typeof Pipeline>;
