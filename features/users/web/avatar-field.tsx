import { Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { usePicture } from '../../../web/api/picture.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { FormProblem } from '../../../web/kit/form-problem.tsx';
import { squared } from './squared.ts';
import classes from './users.module.css';

export function AvatarField({ me }: { me: Answer<'/api/users/me', 'get'> }) {
  const { t } = useTranslation('users');
  const client = useQueryClient();
  const picture = usePicture(me.avatar_url);
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File | null) => {
      if (!file) return answer(api.DELETE('/api/users/me/avatar'));
      const form = new FormData();
      form.append('file', await squared(file), 'avatar.webp');
      return answer(api.POST('/api/users/me/avatar', { body: form as never, bodySerializer: (body) => body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  return (
    <div className={classes.avatar}>
      <Avatar name={`${me.first_name} ${me.last_name}`} size={64} picture={picture} />
      <div>
        <div className={classes.avatarButtons}>
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && change.mutate(file)}>
            {(props) => (
              <Button {...props} variant="default" size="xs" loading={change.isPending}>
                {t(me.avatar_url ? 'avatar.replace' : 'avatar.add')}
              </Button>
            )}
          </FileButton>
          {me.avatar_url && (
            <Button variant="subtle" size="xs" disabled={change.isPending} onClick={() => change.mutate(null)}>
              {t('avatar.remove')}
            </Button>
          )}
        </div>
        <p className={classes.avatarHint}>{t('avatar.hint')}</p>
      </div>
      <div className={classes.avatarProblem}>
        <FormProblem error={change.error} />
      </div>
    </div>
  );
}
