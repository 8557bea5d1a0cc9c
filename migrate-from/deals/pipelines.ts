import type { ClientBase } from 'pg';
import type { Report } from '../report.ts';
import type { IdOf } from '../values.ts';
import type { SeenStage } from './read-deals.ts';

export interface Stage {
  id: string;
  pipelineId: string;
  probability: number;
  /** What the stage decides of its deals; undefined for an open one. */
  end: 'won' | 'lost' | undefined;
}

/** Finds a stage by the names that the file uses. */
export type FindStage = (pipeline: string, stage: string) => Stage | undefined;

const keyOf = (pipeline: string, stage: string) => JSON.stringify([pipeline.toLowerCase(), stage.toLowerCase()]);

/** Makes the pipelines and stages that are not here yet, by name, and tells of each; those that are stay as they are. */
export async function settlePipelines(
  client: ClientBase,
  companyId: string,
  seen: ReadonlyMap<string, readonly SeenStage[]>,
  { idOf, report }: { idOf: IdOf; report: Report },
): Promise<FindStage> {
  const stages = new Map<string, Stage>();
  for (const [name, wanted] of seen) {
    const pipelineId = await settlePipeline(client, companyId, name, { idOf, report });
    const here = await stagesOf(client, companyId, pipelineId);
    let next = Math.max(-1, ...here.map(({ order_index }) => order_index)) + 1;
    for (const { name: stage, end, probability } of wanted) {
      const known = here.find((each) => each.name.toLowerCase() === stage.toLowerCase());
      const settled: Stage = known
        ? { id: known.id, pipelineId, probability: Number(known.probability), end: endOf(known) }
        : {
            id: String(idOf('pipeline_stages', JSON.stringify([companyId, name, stage]))),
            pipelineId,
            probability: end === 'won' ? 100 : end === 'lost' ? 0 : probability,
            end,
          };
      if (!known) {
        await client.query(
          `insert into pipeline_stages (company_id, id, pipeline_id, name, order_index, probability, is_closed, is_won)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [companyId, settled.id, pipelineId, stage, next, settled.probability, end !== undefined, end === 'won'],
        );
        next += 1;
      }
      stages.set(keyOf(name, stage), settled);
      await report.row('pipeline_stages', `${name}: ${stage}`, companyId, known ? 'there already' : 'brought');
    }
  }
  return (pipeline, stage) => stages.get(keyOf(pipeline, stage));
}

async function settlePipeline(
  client: ClientBase,
  companyId: string,
  name: string,
  { idOf, report }: { idOf: IdOf; report: Report },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select id from pipelines where company_id = $1 and lower(name) = lower($2) and deleted_at is null order by id limit 1',
    [companyId, name],
  );
  const known = rows[0]?.id;
  const id = known ?? String(idOf('pipelines', JSON.stringify([companyId, name])));
  if (known === undefined) {
    await client.query(
      `insert into pipelines (company_id, id, name, is_default, order_index)
       select $1, $2, $3, count(*) filter (where is_default) = 0, coalesce(max(order_index), -1) + 1
       from pipelines where company_id = $1 and deleted_at is null`,
      [companyId, id, name],
    );
  }
  await report.row('pipelines', name, companyId, known === undefined ? 'brought' : 'there already');
  return id;
}

interface StageHere {
  id: string;
  name: string;
  order_index: number;
  probability: string;
  is_closed: boolean;
  is_won: boolean;
}

const endOf = ({ is_closed, is_won }: StageHere) => (is_won ? 'won' : is_closed ? 'lost' : undefined);

const stagesOf = async (client: ClientBase, companyId: string, pipelineId: string): Promise<StageHere[]> =>
  (
    await client.query<StageHere>(
      `select id, name, order_index, probability, is_closed, is_won from pipeline_stages
       where company_id = $1 and pipeline_id = $2 and deleted_at is null order by order_index`,
      [companyId, pipelineId],
    )
  ).rows;
