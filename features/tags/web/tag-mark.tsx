import classes from './tags.module.css';

export function Dot({ color }: { color: string | null }) {
  return <span className={classes.dot} style={color ? { '--tag': color } : {}} aria-hidden="true" />;
}

export function TagMark({ tag }: { tag: { name: string; color: string | null } }) {
  return (
    <span className={classes.tag}>
      <Dot color={tag.color} />
      {tag.name}
    </span>
  );
}
