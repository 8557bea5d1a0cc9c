import { ActivityForm } from './activity-form.tsx';

/** A new activity from anywhere. */
export default function NewActivity({ onClose }: { onClose: () => void }) {
  return <ActivityForm onClose={onClose} />;
}
