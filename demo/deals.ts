import type { Chance } from './chance.ts';
import type { DemoDeal, DemoStage } from './shape.ts';
import type { Teller } from './teller.ts';

export interface ToldDeal {
  id: string;
  title: string;
  owner: string;
  contactId: string;
  contact: number;
  status: 'open' | 'won' | 'lost';
  /** Days ago that it began and that it came to where it is. */
  began: number;
  entered: number;
}

interface Stage extends DemoStage {
  id: string;
}

interface Pipeline {
  id: string;
  live: readonly Stage[];
  retired: readonly Stage[];
}

export async function tellPipeline(teller: Teller): Promise<Pipeline> {
  const { story, calendar } = teller;
  const admin = story.people[0]!.first.toLowerCase();
  const founded = calendar.ago(story.age - 1);
  const pipelineId = await teller.insert(admin, founded, 'pipelines', { name: 'Sales', is_default: true });
  const all: Stage[] = [];
  const retired = story.retired.map((name): DemoStage => ({ name, probability: 10 }));
  for (const [place, stage] of [...story.stages, ...retired].entries()) {
    const id = await teller.insert(admin, founded, 'pipeline_stages', {
      pipeline_id: pipelineId,
      name: stage.name,
      order_index: place,
      probability: String(stage.probability),
      is_closed: stage.closed !== undefined,
      is_won: stage.closed === 'won',
      rotting_days: stage.rots ?? null,
    });
    all.push({ ...stage, id });
  }
  const live = all.slice(0, story.stages.length);
  return { id: pipelineId, live, retired: all.slice(live.length) };
}

/** After the deals: those of the old days still went through these stages. */
export async function tidyPipeline(teller: Teller, { retired }: Pipeline): Promise<void> {
  const { story, calendar } = teller;
  const at = calendar.ago(story.tidied);
  for (const { id } of retired) {
    await teller.update(story.people[0]!.first.toLowerCase(), at, 'pipeline_stages', id, { deleted_at: at });
  }
}

export async function tellDeal(
  teller: Teller,
  pipeline: Pipeline,
  deal: DemoDeal,
  contactIds: readonly string[],
): Promise<ToldDeal> {
  const { story, calendar, chance } = teller;
  const owner = story.contacts[deal.contact]!.owner;
  const steps = pathOf(teller, pipeline, deal);
  const last = steps.at(-1)!;
  const closed = last.stage.closed;
  const expected = closed
    ? calendar.day(chance.whole(-8, 12) - Math.ceil(last.ago))
    : calendar.day(chance.percent(12) ? chance.whole(-9, -1) : chance.whole(3, 70));
  const begun = calendar.ago(deal.began);
  const id = await teller.insert(owner, begun, 'deals', {
    title: deal.title,
    value: String(chance.percent(30) ? Math.round(deal.value * 0.9) : deal.value),
    currency: story.currency,
    pipeline_id: pipeline.id,
    stage_id: steps[0]!.stage.id,
    stage_entered_at: begun,
    probability: String(steps[0]!.stage.probability),
    owner_id: teller.user(owner),
    contact_id: contactIds[deal.contact]!,
    company: story.contacts[deal.contact]!.at,
    expected_close_date: expected,
    tags: [...(deal.tags ?? [])],
    custom_fields: teller.custom(deal.custom),
  });
  for (const { stage, ago } of steps.slice(1)) {
    const at = calendar.ago(ago);
    await teller.update(owner, at, 'deals', id, {
      stage_id: stage.id,
      stage_entered_at: at,
      probability: String(stage.probability),
      ...(stage === last.stage ? { value: String(deal.value) } : {}),
      ...(stage.closed === undefined ? {} : { status: stage.closed, actual_close_date: at.slice(0, 10) }),
      ...(stage.closed === 'won' ? { won_reason: chance.pick(story.wonReasons) } : {}),
      ...(stage.closed === 'lost' ? { lost_reason: chance.pick(story.lostReasons) } : {}),
    });
  }
  const { title, contact, began } = deal;
  const status = closed ?? 'open';
  return { id, title, owner, contactId: contactIds[contact]!, contact, status, began, entered: last.ago };
}

/** The stages that the deal went through, and how many days ago it came to each. */
function pathOf({ story, chance }: Teller, { live, retired }: Pipeline, deal: DemoDeal) {
  const target = live.find(({ name }) => name === deal.stage);
  if (target === undefined) throw new Error(`no stage ${deal.stage}`);
  const open = live.filter(({ closed }) => closed === undefined);
  const reached =
    target.closed === 'lost'
      ? chance.whole(1, open.length - 1)
      : target.closed
        ? open.length - 1
        : open.indexOf(target);
  const path = open.filter((_, i) => i <= reached && (i === 0 || i === open.indexOf(target) || !chance.percent(20)));
  if (target.closed) path.push(target);
  const stays = path.slice(0, -1).map(({ stay = 7 }) => stay * (0.5 + chance.fraction()));
  const whole = stays.reduce((sum, stay) => sum + stay, 0);
  const pace = target.closed
    ? Math.min(1, (deal.began - 1) / whole)
    : (deal.began - Math.min(stayed(target, chance), deal.began * 0.8)) / whole;
  let ago = deal.began;
  return path.map((stage, place) => {
    if (place > 0) ago -= stays[place - 1]! * pace;
    const isOld = place > 0 && stage !== target && ago > story.tidied + 1 && chance.percent(40);
    return { stage: isOld ? chance.pick(retired) : stage, ago };
  });
}

/** Days that an open deal has been where it is: one in five for longer than its stage allows. */
function stayed({ stay = 7, rots = 14 }: DemoStage, chance: Chance): number {
  return chance.percent(20) ? rots * (1.1 + chance.fraction()) : Math.min(stay * (0.2 + chance.fraction()), rots * 0.9);
}
