import { Button, Group } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import classes from './form.module.css';
import { FormProblem } from './form-problem.tsx';

interface Props {
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  /** What the server said against the form as a whole. */
  error?: unknown;
  children: ReactNode;
}

/** Fields under each other. They are checked by the form's own rules, which say in words what is wrong. */
export function Form({ onSubmit, error, children }: Props) {
  return (
    <form className={classes.form} noValidate onSubmit={onSubmit}>
      <FormProblem error={error} />
      {children}
    </form>
  );
}

/** Two short fields side by side, where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={classes.pair}>{children}</div>;
}

interface SubmitProps {
  label: string;
  busy: boolean;
  disabled?: boolean;
  isRisky?: boolean;
  children?: ReactNode;
}

/** The form's last line: what sends it, and what else can be done. */
export function Submit({ label, busy, disabled = false, isRisky = false, children }: SubmitProps) {
  return (
    <Group gap={8} mt={4}>
      <Button type="submit" loading={busy} disabled={disabled} {...(isRisky ? { color: 'red.8' } : {})}>
        {label}
      </Button>
      {children}
    </Group>
  );
}
