"""The rules of the field, by example and by property; nothing here touches a disk or a clock."""
