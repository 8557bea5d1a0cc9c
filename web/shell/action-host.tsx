import { useMemo } from 'react';
import { endAction, useStartedAction } from '../actions.ts';
import { lazy } from '../lazy.ts';

/** Shows the form of the action that was started from anywhere. */
export function ActionHost() {
  const action = useStartedAction();
  const Form = useMemo(() => action && lazy(action.load), [action]);
  return Form && <Form onClose={endAction} />;
}
