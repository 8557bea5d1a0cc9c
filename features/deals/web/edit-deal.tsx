import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../../../web/kit/form-drawer.tsx';
import type { Deal } from './deal.ts';
import { EditForm } from './edit-form.tsx';

export default function EditDeal({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { t } = useTranslation(['deals', 'app']);
  return (
    <FormDrawer onClose={onClose} title={t('editTitle')}>
      <EditForm deal={deal} onClose={onClose} />
    </FormDrawer>
  );
}
