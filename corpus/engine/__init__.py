"""The engine: carries tables and files through the bulk function, in order, in parts that a later run can use."""
