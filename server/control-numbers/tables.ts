// The table of control numbers: the last one that was handed out, per connection and kind.
export interface ControlNumberTables {
  control_numbers: {
    clinic: string;
    connection: string;
    kind: string;
    last: number;
  };
}
