import type { Answer, Item } from '../../../web/api/client.ts';

export type Deal = Item<'/api/deals'>;
export type Pipeline = Item<'/api/pipelines'>;
export type Stage = Pipeline['stages'][number];
export type BoardAnswer = Answer<'/api/deals/board', 'get'>;
export type BoardStage = BoardAnswer['stages'][number];
