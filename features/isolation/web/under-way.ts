import type { AuditRun } from './isolation-page.tsx';

export const isUnderWay = ({ status }: Pick<AuditRun, 'status'>) => status === 'waiting' || status === 'running';
