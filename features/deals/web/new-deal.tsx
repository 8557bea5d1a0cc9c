import { usePipelines } from '../../pipelines/web/use-pipelines.ts';
import CreateDeal from './create-deal.tsx';

/** A new deal from anywhere: it begins where the default pipeline does. */
export default function NewDeal({ onClose }: { onClose: () => void }) {
  const pipelines = usePipelines().data?.items;
  const pipeline = pipelines?.find((item) => item.is_default) ?? pipelines?.[0];
  const stage = pipeline?.stages[0];
  return pipeline && stage ? <CreateDeal pipeline={pipeline} stage={stage.id} onClose={onClose} /> : null;
}
