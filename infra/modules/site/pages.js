// A page of the app has no dot after its last slash; a file has.
function handler(event) {
  var request = event.request
  var name = request.uri.substring(request.uri.lastIndexOf('/') + 1)
  if (name.indexOf('.') === -1) {
    request.uri = '/index.html'
  }
  return request
}
