import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../../../web/kit/form-drawer.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePipelines } from '../../pipelines/web/use-pipelines.ts';
import CreateDeal from './create-deal.tsx';
import { NoPipeline } from './no-pipeline.tsx';

interface Props {
  contact?: { id: string; company?: string | null } | undefined;
  onClose: () => void;
}

/** A new deal from anywhere: it begins where the default pipeline does. */
export default function NewDeal({ contact, onClose }: Props) {
  const { t } = useTranslation('deals');
  const { data, error, refetch } = usePipelines();
  const pipeline = data?.items.find((item) => item.is_default) ?? data?.items[0];
  const stage = pipeline?.stages[0];
  if (pipeline && stage) return <CreateDeal pipeline={pipeline} stage={stage.id} contact={contact} onClose={onClose} />;
  if (!data && !error) return null;
  return (
    <FormDrawer title={t('new')} onClose={onClose}>
      {data ? <NoPipeline onLeave={onClose} /> : <Trouble error={error} retry={() => void refetch()} />}
    </FormDrawer>
  );
}
