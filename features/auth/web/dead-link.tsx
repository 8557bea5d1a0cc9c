import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';

interface Props {
  title: string;
  /** Why, and what to do next. */
  text: string;
  to: string;
  action: string;
}

/** A letter's link that no longer leads anywhere. */
export function DeadLink({ title, text, to, action }: Props) {
  return (
    <Entrance title={title}>
      <p className={classes.said} role="alert">
        {text}
      </p>
      <Button component={Link} to={to} fullWidth>
        {action}
      </Button>
    </Entrance>
  );
}
