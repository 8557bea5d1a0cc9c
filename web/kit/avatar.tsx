import classes from './avatar.module.css';
import { hueOf } from './hue.ts';

/** A person's initials on a colour of their own. Decorative: the name stands beside it. */
export function Avatar({ name, size = 24 }: { name: string; size?: number }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
  const style = { '--hue': hueOf(name), width: size, height: size, fontSize: size * 0.4 };
  return (
    <span className={classes.avatar} style={style} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
}
