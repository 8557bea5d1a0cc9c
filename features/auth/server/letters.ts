import type { Letter } from '../../../server/platform/mail/message.ts';

interface To {
  email: string;
  first_name: string;
}

const hello = (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`);

export const resetLetter = ({ email, first_name }: To, url: string): Letter => ({
  to: email,
  subject: 'Set a new password',
  paragraphs: [
    hello(first_name),
    'Somebody, hopefully you, asked for a new password for your Bulkhead account. The link below works once, for one hour.',
    'If it was not you, you need not do anything: your password stays as it is.',
  ],
  action: { label: 'Set a new password', url },
});

export const passwordChangedLetter = ({ email, first_name }: To, resetUrl: string): Letter => ({
  to: email,
  subject: 'Your password was changed',
  paragraphs: [
    hello(first_name),
    'The password of your Bulkhead account was changed, and your other sessions were ended.',
    'If it was not you, reset it now, and tell the admin of your company.',
  ],
  action: { label: 'Reset the password', url: resetUrl },
});
