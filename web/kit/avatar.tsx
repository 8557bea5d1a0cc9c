import classes from './avatar.module.css';
import { hueOf } from './hue.ts';

interface Props {
  name: string;
  size?: number;
  /** The address of a picture of them; without it, initials on a colour of their own. */
  picture?: string | undefined;
}

/** What a person is recognised by. Decorative: the name stands beside it. */
export function Avatar({ name, size = 24, picture }: Props) {
  if (picture) return <img className={classes.avatar} src={picture} alt="" width={size} height={size} />;
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
  const style = { '--hue': hueOf(name), width: size, height: size, fontSize: size * 0.4 };
  return (
    <span className={classes.avatar} style={style} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
}
