import { usePipelines } from '../../pipelines/web/use-pipelines.ts';
import CreateDeal from './create-deal.tsx';

interface Props {
  contact?: { id: string; company?: string | null } | undefined;
  onClose: () => void;
}

/** A new deal from anywhere: it begins where the default pipeline does. */
export default function NewDeal({ contact, onClose }: Props) {
  const pipelines = usePipelines().data?.items;
  const pipeline = pipelines?.find((item) => item.is_default) ?? pipelines?.[0];
  const stage = pipeline?.stages[0];
  return pipeline && stage ? (
    <CreateDeal pipeline={pipeline} stage={stage.id} contact={contact} onClose={onClose} />
  ) : null;
}
