import { Select, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { notifyDone } from '../../../web/kit/notify.ts';
import classes from './isolation.module.css';
import type { Isolation } from './isolation-page.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00 UTC`,
}));

/** When the auditor runs by itself, or the probe. */
export function Schedule({ schedule, of }: { schedule: Isolation['schedule']; of: 'audit' | 'probe' }) {
  const { t } = useTranslation('isolation');
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: Isolation['schedule']) =>
      answer(
        api.PUT(of === 'audit' ? '/api/platform/isolation/schedule' : '/api/platform/isolation/probe-schedule', {
          body,
        }),
      ),
    onSuccess: () => notifyDone(t('schedule.saved')),
    onSettled: () => client.invalidateQueries({ queryKey: ['platform', 'isolation'] }),
  });
  const { nightly, hour } = save.isPending ? save.variables : schedule;
  return (
    <div className={classes.schedule}>
      <Switch
        label={t(`schedule.${of}`)}
        checked={nightly}
        onChange={({ currentTarget }) => save.mutate({ nightly: currentTarget.checked, hour })}
      />
      <Select
        aria-label={t(`schedule.hour.${of}`)}
        data={hours}
        value={String(hour)}
        disabled={!nightly}
        allowDeselect={false}
        onChange={(value) => value !== null && save.mutate({ nightly, hour: Number(value) })}
        w={150}
      />
    </div>
  );
}
