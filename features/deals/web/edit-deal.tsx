import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Deal } from './deal.ts';
import { EditForm } from './edit-form.tsx';

export default function EditDeal({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { t } = useTranslation(['deals', 'app']);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t('editTitle')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'app' }) }}
    >
      <EditForm deal={deal} onClose={onClose} />
    </Drawer>
  );
}
