// Dragging a visit over the week with a pointer: where it is let go tells day and time; a short press stays a click.
import { clockOf } from '../../domain/schedule/clock.ts';

export interface DragOf {
  readonly root: ParentNode;
  /** First minute of the day that the columns show. */
  readonly from: number;
  readonly grain: number;
  readonly minutes: number;
  readonly onOver: (place: DragPlace) => void;
  readonly onDrop: (place: DragPlace) => void;
}

export interface DragPlace {
  readonly date: string;
  readonly time: string;
}

/** So many pixels make a drag. */
const least = 5;

export function startDrag(event: PointerEvent, of: DragOf): void {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement) || event.button !== 0) return;
  const [x, y] = [event.clientX, event.clientY];
  const grip = y - element.getBoundingClientRect().top;
  let place: DragPlace | null = null;
  const move = (at: PointerEvent): void => {
    if (place === null && Math.hypot(at.clientX - x, at.clientY - y) < least) return;
    place = placeUnder(of, at.clientX, at.clientY - grip) ?? place;
    element.classList.add('dragged');
    if (place !== null) of.onOver(place);
  };
  const end = (): void => {
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
    element.classList.remove('dragged');
    if (place !== null) of.onDrop(place);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}

function placeUnder({ root, from, grain, minutes }: DragOf, x: number, top: number): DragPlace | null {
  for (const column of root.querySelectorAll<HTMLElement>('.week-column')) {
    const { left, right, top: begins, height } = column.getBoundingClientRect();
    const { date, minutes: shown } = column.dataset;
    if (x < left || x >= right || date === undefined) continue;
    const at = from + ((top - begins) / height) * Number(shown);
    const snapped = Math.round(at / grain) * grain;
    return { date, time: clockOf(Math.min(1440 - minutes, Math.max(from, snapped))) };
  }
  return null;
}
